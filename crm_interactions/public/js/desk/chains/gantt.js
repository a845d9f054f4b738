import { as_typed } from "../../logic/stored_text";
import { gantt_of } from "../../logic/gantt";
import { look_of_row } from "../../logic/chain";
import { read } from "./api";
import { day_and_time, escaped } from "./html";

const LIBRARY = [
	"assets/frappe/node_modules/frappe-gantt/dist/frappe-gantt.css",
	"assets/frappe/node_modules/frappe-gantt/dist/frappe-gantt.min.js",
];
const MOST = 100;
const NARROWEST = 600;
// languages of the library's months
const LANGUAGES = ["en", "es", "ru", "fr", "tr", "zh"];
const STATES = ["done", "planned", "late"];

/** Add a closed section to a chain's form; when it is opened, the chain's activities are drawn as bars (R27). */
export function show_gantt(frm) {
	frm.dashboard.parent.find(".crm-gantt-section").remove();
	const $body = $(`<div class="crm-gantt"></div>`);
	const $chart = $(`<div class="crm-gantt-chart"></div>`);
	const $button = $(`<button type="button" class="btn btn-default btn-xs" aria-expanded="false"></button>`)
		.text(__("Show Gantt Chart"))
		.on("click", () => toggle(frm, $button, $chart));
	frm.dashboard.add_section($body.append($button, $chart.hide()), null, "custom crm-gantt-section");
}

async function toggle(frm, $button, $chart) {
	const shows = $chart.is(":hidden");
	$button
		.text(shows ? __("Hide Gantt Chart") : __("Show Gantt Chart"))
		.attr("aria-expanded", String(shows));
	$chart.toggle(shows);
	if (!shows || $chart.children().length) return;
	const [{ rows, total }] = await Promise.all([
		read("page", { chain: frm.docname, length: MOST, ends: 1 }),
		frappe.require(LIBRARY),
	]);
	$chart.empty().append(legend());
	// a phone scrolls to the side
	const width = Math.max($chart.width(), NARROWEST);
	const found = gantt_of(rows, frappe.datetime.system_datetime(), width);
	if (!found) return $chart.empty().append($("<span></span>").text(__("No activity has a time.")));
	if (total > rows.length) {
		$chart.append(
			$(`<div class="text-muted small"></div>`).text(
				__("The latest {0} of {1} activities", [rows.length, total])
			)
		);
	}
	draw(found, $chart);
}

function draw({ mode, tasks }, $chart) {
	const $area = $(`<div class="crm-gantt-area"></div>`).appendTo($chart);
	// the library moves a bar from the press of a button on; the chart is only read
	$area.get(0).addEventListener("mousedown", (event) => event.stopPropagation(), true);
	const bars = tasks.map(({ row, start, end, state }, place) => ({
		...{ id: `bar-${place}`, start, end, progress: 0 },
		// the library writes it as HTML
		name: escaped(row.title || __(row.activity_type)),
		custom_class: `crm-bar crm-bar-${state}`,
		// such a bar has neither handles nor pop-up
		invalid: true,
	}));
	const language = LANGUAGES.includes(frappe.boot.lang) ? frappe.boot.lang : "en";
	new window.Gantt($area.get(0), bars, { view_mode: mode, bar_height: 22, padding: 14, language });
	tasks.forEach((task, place) => make_link($area.find(`[data-id="bar-${place}"]`), task));
}

/** Make a bar a link to its activity, also for the keyboard and for screen readers. */
function make_link($bar, { row, state }) {
	const label = [
		as_typed(row.title || __(row.activity_type)),
		__(look_of_row(state).label),
		day_and_time(row.activity_date),
	].join(", ");
	const open = () => frappe.set_route("Form", row.activity_type, row.activity);
	const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
	title.textContent = label;
	$bar.attr({ role: "link", tabindex: 0, "aria-label": label })
		.append(title)
		.on("click", open)
		.on("keydown", ({ key }) => key === "Enter" && open());
}

const legend = () =>
	$(`<div class="crm-gantt-legend small"></div>`).append(
		STATES.map((state) =>
			$(`<span></span>`).append(
				$(`<i></i>`).addClass(`crm-swatch-${state}`),
				document.createTextNode(__(look_of_row(state).label))
			)
		)
	);
