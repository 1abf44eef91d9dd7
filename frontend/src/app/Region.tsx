// Owns that a part of the page that fails takes nothing else with it, and says so.
import { Component, type ReactNode } from "react";
import { Translation } from "react-i18next";
import { Button } from "@/ui/Button.tsx";

interface RegionProps {
  children: ReactNode;
}

export class Region extends Component<RegionProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Translation ns="common">
        {(t) => (
          <div
            role="alert"
            className="flex items-center gap-3 rounded-lg border border-line bg-surface p-4 text-[13px]"
          >
            <p className="flex-1">{t("failed")}</p>
            <Button onClick={() => this.setState({ failed: false })}>{t("retry")}</Button>
          </div>
        )}
      </Translation>
    );
  }
}
