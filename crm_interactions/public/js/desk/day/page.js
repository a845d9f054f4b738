import { help_address } from "../../logic/help";
import { number_of, SECTIONS } from "../../logic/my_day";
import { log_call } from "../calls/log_call";
import { settings } from "../platform/boot";
import { ask } from "../platform/server";
import { act_on } from "./actions";
import { bind_keys } from "./keys";
import { day_row } from "./rows";

const LENGTH = 20; // rows of a section before "Show More"
const MORE = 50;

/** Make the page *My Day* (B11) in its wrapper. */
export function open_my_day(wrapper) {
	wrapper.my_day = new MyDay(wrapper);
}

/** Load the page again when the user returns to it. */
export function refresh_my_day(wrapper) {
	wrapper.my_day?.refresh();
	// Frappe 16 finds no sidebar for a page whose address has one part
	frappe.app.sidebar?.setup?.("Interactions");
}

class MyDay {
	constructor(wrapper) {
		this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Day"), single_column: true });
		this.whose = "mine";
		this.$body = $(`<div class="crm-day"></div>`).appendTo(this.page.main);
		this.page.set_primary_action(__("Log Interaction"), () => frappe.new_doc("Interaction"), "add");
		this.page.add_action_icon("refresh", () => this.refresh(), "", __("Reload"));
		if (settings().leads_team) this.add_switch();
		bind_keys(this);
	}

	add_switch() {
		const $switch = $(`<div class="btn-group crm-day-whose" role="group"></div>`).prependTo(this.$body);
		for (const [whose, label] of [
			["mine", __("Mine")],
			["team", __("Team")],
		]) {
			$(`<button type="button" class="btn btn-default btn-sm"></button>`)
				.text(label)
				.attr({ "data-whose": whose, "aria-pressed": whose === this.whose })
				.on("click", () => this.show(whose))
				.appendTo($switch);
		}
	}

	show(whose) {
		this.whose = whose;
		this.$body.find("[data-whose]").each((_, button) => {
			$(button).attr("aria-pressed", button.dataset.whose === whose);
		});
		return this.refresh();
	}

	/** Load all sections; an answer that a later request overtook is dropped. */
	async refresh() {
		const asked = (this.asked = (this.asked || 0) + 1);
		const answer = await ask("crm_interactions.api.day.page", { whose: this.whose, length: LENGTH });
		if (asked !== this.asked) return;
		const selected = this.selected()?.dataset.key;
		this.draw(answer.sections);
		this.select(this.rows().find((row) => row.dataset.key === selected));
	}

	draw(sections) {
		this.$body.find(".crm-day-counts, .crm-day-section").remove();
		this.$body.append(counts(sections, (section) => this.scroll_to(section)));
		if (!sections.some(({ count }) => number_of(count))) this.$body.append(this.first_steps());
		else for (const found of sections) this.$body.append(this.section(found));
	}

	/** Return the sections' place holder for a user without any work, with ways to begin. */
	first_steps() {
		const $box = $(`<section class="crm-day-section crm-empty"></section>`);
		$(`<p class="crm-empty-text"></p>`)
			.text(__("Nothing is planned. Log your first call, and plan the next step."))
			.appendTo($box);
		const $ways = $(`<p class="crm-empty-ways"></p>`).appendTo($box);
		if (this.whose === "mine" && frappe.model.can_create("Interaction")) {
			$(`<button type="button" class="btn btn-primary btn-sm"></button>`)
				.text(__("Log Call"))
				.on("click", () => log_call())
				.appendTo($ways);
		}
		// Frappe's workspace has none on phones
		if (!frappe.is_mobile()) {
			$(`<a href="/app/interactions"></a>`).text(__("First Steps")).appendTo($ways);
		}
		$(`<a target="_blank"></a>`)
			.attr("href", help_address("Interaction"))
			.text(__("Help"))
			.appendTo($ways);
		return $box;
	}

	section({ section, count, rows, more }) {
		const $section = $(`<section class="crm-day-section"></section>`).attr("data-section", section);
		const $head = $(`<h2 class="crm-day-head"></h2>`)
			.text(__(SECTIONS[section].label))
			.appendTo($section);
		$(`<span class="crm-day-number"></span>`).text(count).appendTo($head);
		if (!rows.length) {
			return $section.append($(`<p class="crm-day-empty"></p>`).text(__(SECTIONS[section].empty)));
		}
		const $rows = $(`<ol class="crm-day-rows"></ol>`).appendTo($section);
		this.add_rows($rows, section, rows);
		if (more) $section.append(this.more_button($rows, section));
		return $section;
	}

	add_rows($rows, section, rows) {
		const context = { section, with_user: this.whose === "team", act: (way, row) => this.act(way, row) };
		for (const row of rows) $rows.append(day_row(row, context));
	}

	more_button($rows, section) {
		const $button = $(`<button type="button" class="btn btn-default btn-sm crm-day-more"></button>`);
		return $button.text(__("Show More")).on("click", async () => {
			const start = $rows.children().length;
			const args = { section, whose: this.whose, start, length: MORE };
			const { rows, more } = await ask("crm_interactions.api.day.page", args);
			this.add_rows($rows, section, rows);
			if (!more) $button.remove();
		});
	}

	scroll_to(section) {
		const found = this.$body.find(`[data-section="${section}"].crm-day-section`)[0];
		found.scrollIntoView({ behavior: "smooth", block: "start" });
		this.select($(found).find(".crm-day-row")[0]);
	}

	act(way, row) {
		return act_on(way, row, () => this.refresh());
	}

	rows() {
		return this.$body.find(".crm-day-row").get();
	}

	selected() {
		return this.rows().find((row) => row.classList.contains("selected"));
	}

	select(row) {
		this.$body.find(".crm-day-row.selected").removeClass("selected");
		if (!row) return;
		row.classList.add("selected");
		row.focus({ preventScroll: true });
		row.scrollIntoView({ block: "nearest" });
	}
}

/** Return a button for each section with its number, which leads to the section. */
function counts(sections, choose) {
	const $counts = $(`<nav class="crm-day-counts"></nav>`).attr("aria-label", __("Sections"));
	for (const { section, count } of sections) {
		$(`<button type="button" class="crm-day-count"></button>`)
			.attr("data-count", section)
			.toggleClass("none", !number_of(count))
			.append($("<strong></strong>").text(count), $("<span></span>").text(__(SECTIONS[section].label)))
			.on("click", () => choose(section))
			.appendTo($counts);
	}
	return $counts;
}
