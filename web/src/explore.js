// The pictures that the server draws, made to be looked into: the network and the map are moved, made larger and, node by
// node, pulled apart; the timeline tells a bar at the pointer and takes a range of days. Every picture stays what it was:
// links that can be followed and reached by keys.
import { drag } from "d3-drag";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const made = (name, properties, ...inside) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
};
const drawn = (name, attributes, parent) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (parent) parent.append(element);
  return element;
};
const LETTER = 6.6;

// Buttons, wheel with Ctrl, two fingers: turning the wheel alone goes on through the page.
function zooming(svg, before, draw) {
  const behaviour = zoom()
    .scaleExtent([1, 12])
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : event.type === "touchstart" ? event.touches.length > 1 : !event.button))
    .on("zoom", (event) => draw(event.transform));
  const bounds = () => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    return [[x, y], [x + width, y + height]];
  };
  behaviour.translateExtent(bounds());
  const self = select(svg).call(behaviour).on("dblclick.zoom", null);
  svg.classList.add("live");
  const button = (words, label, act) => {
    const element = made("button", { type: "button", textContent: words, ariaLabel: label });
    element.addEventListener("click", act);
    return element;
  };
  const bar = made(
    "div",
    { className: "zoomers" },
    button("+", "Larger", () => self.call(behaviour.scaleBy, 1.5)),
    button("−", "Smaller", () => self.call(behaviour.scaleBy, 1 / 1.5)),
    button("Whole", "The whole picture", () => self.call(behaviour.transform, zoomIdentity)),
    made("span", { className: "small muted", textContent: "Drag to move; Ctrl and the wheel, or two fingers, for larger and smaller." }),
  );
  before.before(bar);
  return self;
}

// Names stand where they touch no other name and no shape; those without room wait until there is some.
function name(items, [width, height], lines = []) {
  const under = ([left, top, right, bottom]) =>
    lines.filter(({ a, b }) => {
      let [begin, end] = [0, 1];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      for (const [step, room] of [[-dx, a.x - left], [dx, right - a.x], [-dy, a.y - top], [dy, bottom - a.y]]) {
        if (step === 0 && room < 0) return false;
        if (step < 0) begin = Math.max(begin, room / step);
        if (step > 0) end = Math.min(end, room / step);
      }
      return begin < end;
    }).length;
  const taken = items.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  items.forEach(({ x, y, r, wide, text }, own) => {
    const tries = [
      [x + r + 4, y + 4, "start", 0],
      [x - r - 4, y + 4, "end", wide],
      [x, y + r + 13, "middle", wide / 2],
      [x, y - r - 4, "middle", wide / 2],
      [x - r, y + r + 13, "start", 0],
      [x - r, y - r - 4, "start", 0],
      [x + r, y + r + 13, "end", wide],
      [x + r, y - r - 4, "end", wide],
    ];
    const boxed = ([tx, ty, , back]) => [tx - back, ty - 11, tx - back + wide, ty + 3];
    const free = tries.filter((one) => {
      const box = boxed(one);
      return box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height && taken.every((o, n) => n === own || box[0] > o[2] || box[2] < o[0] || box[1] > o[3] || box[3] < o[1]);
    });
    // The first of those under which fewest lines run.
    const found = free.map((one) => [under(boxed(one)), one]).reduce((best, next) => (best && best[0] <= next[0] ? best : next), null)?.[1];
    text.setAttribute("visibility", found ? "visible" : "hidden");
    if (!found) return;
    const [tx, ty, anchor, back] = found;
    taken.push([tx - back, ty - 11, tx - back + wide, ty + 3]);
    text.setAttribute("x", tx.toFixed(1));
    text.setAttribute("y", ty.toFixed(1));
    text.setAttribute("text-anchor", anchor);
  });
}

for (const net of all("svg.net")) {
  const { width, height } = net.viewBox.baseVal;
  const nodes = all("a", net).map((link) => {
    const shape = link.querySelector("use");
    const full = link.querySelector("title").textContent;
    const words = full.length > 26 ? full.slice(0, 25) + "…" : full;
    const text = link.querySelector("text") || drawn("text", { visibility: "hidden" }, link);
    if (!text.textContent) text.textContent = words;
    return { link, shape, text, at: [+shape.getAttribute("x"), +shape.getAttribute("y")], wide: text.textContent.length * LETTER, r: 6, x: 0, y: 0 };
  });
  const lines = all("line", net).map((line) => ({ line, a: nodes[+line.dataset.a], b: nodes[+line.dataset.b] }));
  let now = zoomIdentity;
  let waiting = 0;
  const draw = () => {
    for (const node of nodes) {
      [node.x, node.y] = now.apply(node.at);
      node.shape.setAttribute("x", node.x.toFixed(1));
      node.shape.setAttribute("y", node.y.toFixed(1));
    }
    for (const { line, a, b } of lines) {
      for (const [key, value] of [["x1", a.x], ["y1", a.y], ["x2", b.x], ["y2", b.y]]) line.setAttribute(key, value.toFixed(1));
    }
    name(nodes, [width, height], lines);
  };
  // One drawing a frame, however many events there are.
  const soon = () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      draw();
    });
  };
  zooming(net, net.closest(".pan") || net, (transform) => {
    now = transform;
    soon();
  });
  select(net)
    .selectAll("a")
    .data(nodes)
    .call(
      drag()
        .filter((event) => !event.button && !event.ctrlKey && event.type !== "touchstart")
        .clickDistance(4)
        .on("drag", (event, node) => {
          node.at = [node.at[0] + event.dx / now.k, node.at[1] + event.dy / now.k];
          soon();
        }),
    );
  // A link of a picture would be dragged as a link is.
  nodes.forEach(({ link }) => link.addEventListener("dragstart", (event) => event.preventDefault()));
  // Who is pointed at stands out with those at the other ends of the lines.
  const show = (node) => {
    const near = new Set([node]);
    for (const { line, a, b } of lines) {
      const own = a === node || b === node;
      if (own) near.add(a).add(b);
      line.classList.toggle("dim", !!node && !own);
    }
    nodes.forEach((other) => other.link.classList.toggle("dim", !!node && !near.has(other)));
  };
  for (const node of nodes) {
    for (const kind of ["mouseenter", "focus"]) node.link.addEventListener(kind, () => show(node));
    for (const kind of ["mouseleave", "blur"]) node.link.addEventListener(kind, () => show(null));
  }
}

for (const map of all("svg.map")) {
  const { width, height } = map.viewBox.baseVal;
  const group = drawn("g", {});
  group.append(...map.childNodes);
  map.append(group);
  const spots = all("a", map).map((link) => {
    const circle = link.querySelector("circle");
    const text = link.querySelector("text") || drawn("text", { visibility: "hidden" }, link);
    if (!text.textContent) text.textContent = link.getAttribute("aria-label").split(/[,:]/)[0].slice(0, 22);
    const [x, y, r] = ["cx", "cy", "r"].map((key) => +circle.getAttribute(key));
    return { link, text, at: [x, y], r, wide: text.textContent.length * 7, x, y };
  });
  zooming(map, map, (transform) => {
    // Land grows, circles and names stay as they are.
    group.querySelectorAll("path").forEach((path) => path.setAttribute("transform", transform));
    for (const spot of spots) {
      [spot.x, spot.y] = transform.apply(spot.at);
      const circle = spot.link.querySelector("circle");
      circle.setAttribute("cx", spot.x.toFixed(1));
      circle.setAttribute("cy", spot.y.toFixed(1));
    }
    name(spots, [width, height]);
  });
}

for (const line of all("svg.tl")) {
  const bars = all("a[data-n]", line).map((link) => ({ link, n: +link.dataset.n, words: link.getAttribute("aria-label"), box: link.querySelector("rect") }));
  if (!bars.length) continue;
  const told = made("p", { className: "small told", ariaLive: "polite" });
  line.after(told);
  const mark = drawn("rect", { class: "sel", y: 0, height: 245, visibility: "hidden" });
  line.prepend(mark);
  const edges = () => bars.map(({ box }) => box.getBoundingClientRect());
  const nearest = (x) => {
    const middles = edges().map((box) => Math.abs((box.left + box.right) / 2 - x));
    return middles.indexOf(Math.min(...middles));
  };
  let from = null;
  let range = null;
  let moved = false;
  const day = (at) => bars[at].words.split(":")[0];
  const select = (a, b) => {
    range = [Math.min(a, b), Math.max(a, b)];
    const boxes = edges();
    const own = line.getBoundingClientRect();
    mark.setAttribute("x", boxes[range[0]].left - own.left - 1);
    mark.setAttribute("width", boxes[range[1]].right - boxes[range[0]].left + 2);
    mark.setAttribute("visibility", "visible");
  };
  const tell = () => {
    const [first, last] = range;
    const n = bars.slice(first, last + 1).reduce((sum, bar) => sum + bar.n, 0);
    const rows = new URL(bars[first].link.href.baseVal, location.href);
    rows.searchParams.set("until", new URL(bars[last].link.href.baseVal, location.href).searchParams.get("until"));
    const here = new URL(location.href);
    for (const key of ["since", "until"]) here.searchParams.set(key, rows.searchParams.get(key));
    const days = first === last ? day(first) : `${day(first)} to ${day(last)}`;
    const link = (words, to) => made("a", { className: "btn", textContent: words, href: to.pathname + to.search });
    told.replaceChildren(made("b", { textContent: days }), `: ${n.toLocaleString("en")} ${n === 1 ? "statement" : "statements"} `, link("Show them", rows), " ", link("Only these days", here));
  };
  line.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return;
    from = nearest(event.clientX);
    moved = false;
    const begun = event.clientX;
    const move = (next) => {
      if (Math.abs(next.clientX - begun) < 5 && !moved) return;
      moved = true;
      select(from, nearest(next.clientX));
      tell();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", () => (removeEventListener("pointermove", move), (from = null)), { once: true });
  });
  line.addEventListener("pointermove", (event) => {
    if (from === null && !range) told.textContent = bars[nearest(event.clientX)].words;
  });
  line.addEventListener("dragstart", (event) => event.preventDefault());
  // The end of a choice of days is no click on a bar.
  line.addEventListener("click", (event) => moved && (event.preventDefault(), (moved = false)), true);
  if (matchMedia("(pointer: fine)").matches) told.textContent = "Drag over the bars to choose days.";
}
