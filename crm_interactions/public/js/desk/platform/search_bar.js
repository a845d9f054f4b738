/** Partners, chains and notes as direct hits in the Desk's search bar, which itself suggests pages only. */
import { with_hits } from "../../logic/search_hits";
import { ask } from "./server";

const BAR = "#navbar-search";
const TYPING = 300; // milliseconds; Frappe has listed its own options by then
const SHORTEST = 2;
const SHORTEST_IN_NOTES = 4;
// below Frappe's "Search for …", which Enter chooses, and above its pages
const INDEX = 99;
const INDEX_OF_NOTES = 98;

const commands = [];

export function extend_search_bar() {
	const add_later = frappe.utils.debounce((input) => add_hits(input), TYPING);
	$(document).on("input", BAR, ({ target }) => add_later(target));
}

/** Add an option that runs `command.run` for texts for which `command.suits` is true. */
export function add_command(command) {
	commands.push(command);
}

/** Offer partners, chains and commands, and as soon as they are found, activities with the text in a note. */
async function add_hits(input) {
	const text = input.value.trim();
	if (text.length < SHORTEST || text.startsWith("#")) return;
	const found = await ask("crm_interactions.api.search.find_direct", { text });
	const hits = [...(found || []), ...commands.filter(({ suits }) => suits(text))];
	offer(input, text, hits);
	if (text.length < SHORTEST_IN_NOTES || input.value.trim() !== text) return;
	const noted = await ask("crm_interactions.api.search.find_noted", { text });
	offer(input, text, noted || []);
}

function offer(input, text, hits) {
	// meanwhile, the user may have typed on, chosen an option, or left
	if (!hits.length || input.value.trim() !== text || document.activeElement !== input) return;
	const bar = input.awesomplete;
	const marked = bar.index > 0 && bar.suggestions[bar.index].value;
	bar.list = with_hits(bar._list, hits.map(as_option));
	const position = bar.suggestions.findIndex(({ value }) => value === marked);
	if (position > 0) bar.goto(position);
}

function as_option({ doctype, name, title, party_name, excerpt, run }) {
	if (run) {
		const label = frappe.utils.escape_html(title);
		return { label, value: title, index: INDEX, onclick: () => run() };
	}
	// the words around the found one come first: on a phone, the end of a line is cut
	const details = excerpt ? [excerpt, party_name, __(doctype)] : [__(doctype), name !== title && name];
	return {
		label: frappe.utils.escape_html(title),
		description: frappe.utils.escape_html(details.filter(Boolean).join(" · ")),
		// Frappe finds the chosen option by its value
		value: [title, doctype, name].join(" "),
		index: excerpt ? INDEX_OF_NOTES : INDEX,
		route: ["Form", doctype, name],
	};
}
