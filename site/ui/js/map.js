import L from "leaflet";
import outline from "../data/norway.json";

const SINGLE_PLACE_ZOOM = 10;
// Without tiles there is only the coast to go by, so a single place is shown from further off.
const COAST_ZOOM = 6;
const LABELS_UP_TO = 12;
const MOST_BESIDE = 160;
// West of this the sea has room for the label, east of it the country.
const WEST_COAST = 7;
const TILE_ERRORS_BEFORE_GIVING_UP = 4;

function pin(point) {
  const kind = point.kind === "park" ? " pn-pin--park" : "";
  return L.divIcon({ className: "", html: `<div class="pn-pin${kind}"></div>`, iconSize: [18, 18] });
}

/** Where a label has room: above a pin that is alone in the middle, else towards the sea or the country. */
function labelSide(point, points) {
  if (points.length === 1) return { direction: "top", offset: [0, -10] };
  return point.lon < WEST_COAST ? { direction: "left", offset: [-10, 0] } : { direction: "right", offset: [10, 0] };
}

/** Elements, not strings: Leaflet reads strings as HTML, and names come from the database. */
function named(tag, point) {
  const element = document.createElement(tag);
  element.textContent = point.title;
  if (tag === "a") element.href = point.url;
  return element;
}

/** The ground when there are no tiles: Norway's outline and a net of degrees. */
function plainGround() {
  const lines = [];
  for (let lat = 48; lat <= 78; lat += 2) lines.push([[lat, -60], [lat, 90]]);
  for (let lon = -60; lon <= 90; lon += 4) lines.push([[48, lon], [78, lon]]);
  const graticule = L.polyline(lines, { className: "pn-map__graticule", interactive: false });
  const land = L.polygon(outline.map(([lon, lat]) => [lat, lon]), {
    className: "pn-map__land",
    fillOpacity: 1,
    interactive: false,
  });
  return L.layerGroup([graticule, land]);
}

function showPlainGround(map) {
  plainGround().addTo(map);
  if (map.getZoom() > COAST_ZOOM) map.setZoom(COAST_ZOOM, { animate: false });
}

function addTiles(map, { tiles, attribution }) {
  if (!tiles) {
    showPlainGround(map);
    return;
  }
  let errors = 0;
  let loaded = false;
  const layer = L.tileLayer(tiles, { attribution, maxZoom: 18, crossOrigin: "anonymous" });
  layer.on("load tileload", () => {
    loaded = true;
  });
  layer.on("tileerror", () => {
    errors += 1;
    if (!loaded && errors >= TILE_ERRORS_BEFORE_GIVING_UP && map.hasLayer(layer)) {
      map.removeLayer(layer);
      showPlainGround(map);
    }
  });
  layer.addTo(map);
}

/** Hides labels that would lie on others; the pin's own label shows on hover all the same. */
function thinLabels(markers) {
  const taken = [];
  for (const marker of markers) {
    const label = marker.getTooltip()?.getElement();
    if (!label) continue;
    label.hidden = false;
    const box = label.getBoundingClientRect();
    const covered = (other) =>
      box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
    label.hidden = taken.some(covered);
    if (!label.hidden) taken.push(box);
  }
}

/** The card of a place and its pin light up together. */
function tie(marker, point) {
  if (!point.key) return;
  const card = document.querySelector(`[data-key="${CSS.escape(point.key)}"]`);
  if (!card) return;
  const mark = (on) => () => {
    card.classList.toggle("is-marked", on);
    marker.getElement()?.querySelector(".pn-pin")?.classList.toggle("is-marked", on);
  };
  marker.on("mouseover focus", mark(true)).on("mouseout blur", mark(false));
  for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    card.addEventListener(name, mark(on));
  }
}

function draw(section) {
  const points = JSON.parse(document.getElementById(section.dataset.points).textContent);
  if (!points.length) return;
  const canvas = document.createElement("div");
  section.prepend(canvas);
  section.classList.add("is-live");
  // Without tiles no step of the zoom is sharper than another, so the map can fill its frame.
  const zoomSnap = section.dataset.tiles ? 1 : 0.25;
  const map = L.map(canvas, { scrollWheelZoom: false, zoomControl: false, attributionControl: true, zoomSnap });
  map.attributionControl.setPrefix(false);
  const { zoomIn, zoomOut } = section.dataset;
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const bounds = L.latLngBounds(points.map(({ lat, lon }) => [lat, lon]));
  // Room for the labels beside the outermost pins.
  const beside = Math.min(MOST_BESIDE, canvas.clientWidth * 0.3);
  map.fitBounds(bounds, { paddingTopLeft: [beside, 32], paddingBottomRight: [beside, 32], animate: false, maxZoom: SINGLE_PLACE_ZOOM });
  const markers = points.map((point) => {
    const marker = L.marker([point.lat, point.lon], { icon: pin(point), title: point.title, alt: point.title });
    if (point.url) marker.bindPopup(named("a", point));
    if (points.length <= LABELS_UP_TO) {
      marker.bindTooltip(named("span", point), { permanent: true, className: "pn-map__label", ...labelSide(point, points) });
    }
    tie(marker.addTo(map), point);
    return marker;
  });
  addTiles(map, section.dataset);
  map.on("zoomend resize", () => thinLabels(markers));
  thinLabels(markers);
}

function drawAll() {
  for (const section of document.querySelectorAll("[data-map]:not(.is-live)")) draw(section);
}

drawAll();
// A new list brings a new map with it.
document.addEventListener("htmx:afterSettle", drawAll);
