import { limits_of, PERIODS } from "../../logic/feed";
import { as_typed } from "../../logic/stored_text";

const PAUSE = 300;

/** The filter of a feed: words, responsible user and period; it keeps the user's choice while the feed is drawn anew. */
export class FeedFilter {
	/** @param changed callback when the user changes it */
	constructor(changed) {
		this.changed = changed;
		this.people = [];
		this.$element = $(`<div class="crm-feed-filter" role="search"></div>`);
		this.$text = $(`<input type="search" class="form-control input-xs crm-feed-text">`)
			.attr({ placeholder: __("Search Topics and Notes"), "aria-label": __("Search Topics and Notes") })
			.on(
				"input",
				frappe.utils.debounce(() => this.report(), PAUSE)
			);
		this.$person = select(__("Responsible"), "person").on("change", () => this.report());
		this.$period = select(__("Period"), "period").on("change", () => this.on_period());
		for (const { key, label } of PERIODS) this.$period.append(option(key, __(label)));
		this.$days = $(`<span class="crm-feed-days"></span>`).append(
			day_input(__("From"), "since").on("change", () => this.report()),
			day_input(__("To"), "until").on("change", () => this.report())
		);
		this.$element.append(this.$text, this.$person, this.$period, this.$days.hide());
	}

	/** Return the limits for the server; {} without any. */
	get limits() {
		const period = PERIODS.find(({ key }) => key === this.$period.val());
		const { days } = period || {};
		const day = (part) => (period?.key === "between" ? this.$days.find(`[data-part=${part}]`).val() : "");
		return limits_of(
			{
				text: this.$text.val(),
				responsible: this.$person.val(),
				since: days ? frappe.datetime.add_days(frappe.datetime.nowdate(), -days) : day("since"),
				until: day("until"),
			},
			frappe.datetime.add_days
		);
	}

	get is_set() {
		return Boolean(Object.keys(this.limits).length);
	}

	/** Offer the users of an unlimited feed; the choice is hidden if there is only one. */
	offer(people) {
		if (this.is_set) return;
		this.$person.empty().append(option("", __("All People")));
		for (const { user, full_name } of people) this.$person.append(option(user, as_typed(full_name)));
		this.$person.toggle(people.length > 1);
	}

	on_period() {
		this.$days.toggle(this.$period.val() === "between");
		this.report();
	}

	report() {
		const limits = JSON.stringify(this.limits);
		if (limits === (this.reported || "{}")) return;
		this.reported = limits;
		this.changed();
	}
}

function select(label, part) {
	return $(`<select class="form-control input-xs"></select>`).attr({
		"aria-label": label,
		"data-part": part,
	});
}

const option = (value, label) => $("<option></option>").attr("value", value).text(label);

function day_input(label, part) {
	return $(`<input type="date" class="form-control input-xs">`).attr({
		"aria-label": label,
		"data-part": part,
	});
}
