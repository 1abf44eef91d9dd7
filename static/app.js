"use strict";
// The plain page: a cookie, a switch, and the charges as they arrive. Everything shown comes from the stream.

const WORDS = {
  en: {
    demo: "Demonstration", refresh: "Refresh", polling: "Polling", total: "credits in the window", requests: "requests",
    state: "state", polled: "last success", cookie: "Cookie of the relay", save: "Save and check", forget: "Forget",
    paste: "Paste the value of the Cookie header, or the request copied as cURL", charges: "Charges, newest first",
    time: "Time", model: "Model", credits: "Credits", empty: "Nothing in this window yet.", never: "never",
    connection: { open: "Live", connecting: "Connecting…", closed: "Disconnected" },
    states: { off: "Off", polling: "Polling", retrying: "Retrying", cookie_missing: "No cookie", cookie_invalid: "Cookie expired" },
    known: { none: "No cookie is stored.", unknown: "Stored, not checked yet", valid: "Stored and valid", invalid: "The relay refuses it" },
    unreachable: "CCurve does not answer. Is it still running?",
  },
  zh: {
    demo: "演示", refresh: "刷新", polling: "轮询", total: "窗口内积分", requests: "请求数",
    state: "状态", polled: "上次成功", cookie: "中转站 Cookie", save: "保存并检查", forget: "删除",
    paste: "粘贴 Cookie 请求头的值,或“复制为 cURL”的整条命令", charges: "消费记录(新的在前)",
    time: "时间", model: "模型", credits: "积分", empty: "此时间窗口内还没有记录。", never: "从未",
    connection: { open: "实时", connecting: "连接中…", closed: "已断开" },
    states: { off: "已关闭", polling: "轮询中", retrying: "重试中", cookie_missing: "没有 Cookie", cookie_invalid: "Cookie 已失效" },
    known: { none: "尚未保存 Cookie。", unknown: "已保存,尚未检查", valid: "已保存,有效", invalid: "中转站拒绝此 Cookie" },
    unreachable: "CCurve 没有响应,它还在运行吗?",
  },
};
const SHOWN = 500;
const GIVE_UP_MS = 30_000;

const browserLanguage = () => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
const part = (id) => document.getElementById(id);

let words = WORDS[browserLanguage()];
let config = null;
let status = null;
let connection = "connecting";
let trouble = "";
let stream = null;
let pauseMs = 1000;
let lastId = "";
let records = new Map();

function showWords() {
  document.documentElement.lang = words === WORDS.zh ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = words[element.dataset.text];
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words[element.dataset.placeholder];
}

function showStatus() {
  part("connection").dataset.state = connection;
  part("connection").textContent = words.connection[connection];
  const failed = status?.task.error?.detail ?? "";
  part("trouble").textContent = trouble || failed;
  part("trouble").hidden = !(trouble || failed);
  if (!status) return;
  part("demo").hidden = !status.demo;
  part("switch").setAttribute("aria-checked", String(status.task.enabled));
  part("state").textContent = words.states[status.task.state];
  const polled = status.task.lastSuccessAt;
  part("polled").textContent = polled ? new Date(polled).toLocaleTimeString(document.documentElement.lang) : words.never;
  const { present, valid, names } = status.cookie;
  const known = present ? (valid === null ? "unknown" : valid ? "valid" : "invalid") : "none";
  part("known").textContent = present ? `${words.known[known]} (${names.join(", ")})` : words.known[known];
  part("forget").disabled = !present;
}

function cell(text, isNumber = false) {
  const element = document.createElement("td");
  element.textContent = text;
  if (isNumber) element.className = "number";
  return element;
}

function showRecords() {
  const start = Date.now() - Math.min(config?.rangeMinutes ?? 60, 1440) * 60_000;
  for (const [id, record] of records) if (Date.parse(record.createdAt) < start) records.delete(id);
  const all = [...records.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : b.id - a.id));
  // Whole millionths: sums of decimals drift.
  const micros = all.reduce((sum, record) => sum + Math.round(record.creditsUsed * 1e6), 0);
  part("total").textContent = String(micros / 1e6);
  part("requests").textContent = String(all.length);
  part("empty").hidden = all.length > 0;
  part("charges").replaceChildren(...all.slice(0, SHOWN).map((record) => {
    const row = document.createElement("tr");
    row.append(cell(record.time), cell(record.model), cell(String(record.creditsUsed), true));
    return row;
  }));
}

function showAll() {
  showWords();
  showStatus();
  showRecords();
}

function connect() {
  stream?.close();
  connection = "connecting";
  showStatus();
  const query = lastId ? `?lastEventId=${encodeURIComponent(lastId)}` : "";
  stream = new EventSource(`/api/events${query}`);
  stream.addEventListener("open", () => {
    connection = "open";
    pauseMs = 1000;
    showStatus();
  });
  stream.addEventListener("status", (event) => {
    status = JSON.parse(event.data);
    showStatus();
  });
  stream.addEventListener("config", (event) => {
    config = JSON.parse(event.data);
    const chosen = { "zh-CN": "zh", en: "en" }[config.locale] ?? browserLanguage();
    words = WORDS[chosen];
    showAll();
  });
  stream.addEventListener("usage", (event) => {
    const usage = JSON.parse(event.data);
    lastId = event.lastEventId;
    if (usage.reset) records = new Map();
    for (const record of usage.records) records.set(record.id, record);
    showRecords();
  });
  stream.addEventListener("error", () => {
    const closed = stream.readyState === EventSource.CLOSED;
    connection = closed ? "closed" : "connecting";
    showStatus();
    if (!closed) return; // the browser comes back by itself
    setTimeout(connect, pauseMs);
    pauseMs = Math.min(pauseMs * 2, GIVE_UP_MS);
  });
}

async function ask(button, method, path, body) {
  button.disabled = true;
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    trouble = answer.ok ? "" : (await answer.json()).detail;
    return answer.ok;
  } catch {
    trouble = words.unreachable;
    return false;
  } finally {
    button.disabled = false;
    showStatus();
  }
}

part("cookie").addEventListener("submit", async (event) => {
  event.preventDefault();
  const saved = await ask(event.submitter, "PUT", "/api/cookie", { cookie: part("paste").value });
  if (saved) part("paste").value = "";
});
part("forget").addEventListener("click", (event) => ask(event.currentTarget, "DELETE", "/api/cookie"));
part("refresh").addEventListener("click", (event) => ask(event.currentTarget, "POST", "/api/refresh"));
part("switch").addEventListener("click", (event) => {
  const enabled = event.currentTarget.getAttribute("aria-checked") !== "true";
  return ask(event.currentTarget, "PUT", "/api/task", { enabled });
});

showAll();
connect();
setInterval(showRecords, 30_000); // the window slides when nothing arrives
