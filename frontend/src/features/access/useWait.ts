// Owns the wait until another key is looked at, second by second.
import { useEffect, useState } from "react";
import { secondsLeft } from "./trouble.ts";

const LOOK_MS = 250;

/** Returns how many seconds are left, 0 where there is nothing to wait for; and what begins to wait for so many. */
export function useWait(): [leftS: number, wait: (seconds: number) => void] {
  const [leftS, setLeftS] = useState(0);
  // By a clock that nobody can set.
  const [endMs, setEndMs] = useState(0);
  const isWaiting = leftS > 0;

  useEffect(() => {
    if (!isWaiting) return;
    const look = setInterval(() => setLeftS(secondsLeft(endMs, performance.now())), LOOK_MS);
    return () => clearInterval(look);
  }, [isWaiting, endMs]);

  function wait(seconds: number) {
    setEndMs(performance.now() + seconds * 1000);
    setLeftS(seconds);
  }

  return [leftS, wait];
}
