import { kinds_of, split_text } from "../../logic/composer";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { html_of, list_types, log_once, new_key, tell } from "../activity/log_once";
import { finish } from "../finishing/dialog";
import { ComposerChoices } from "./composer_choices";
import { record_more } from "./record_more";

const LAST_KIND = "crm_interactions_composer";
const TALLEST = 240;
const ARROWS = { call_in: "↙\uFE0E", call_out: "↗\uFE0E" };
// document → text that isn't saved yet, and its key; a refresh of the form draws the composer anew
const drafts = new Map();
let types = null;

/** A line above a feed that logs an interaction: Enter saves, Ctrl+Enter saves and plans, Shift+Enter begins a line. */
export class Composer {
	/**
	 * @param key of the form's document
	 * @param known returns the values that the form gives: partner, contact, open chain
	 * @param rows returns the shown activities, newest first
	 * @param saved callback after an activity was logged or planned
	 */
	constructor({ key, known, rows, saved }) {
		Object.assign(this, { key, known, saved });
		this.save = one_at_a_time((plans) => this.log(plans));
		this.choices = new ComposerChoices(known, rows);
		this.$element = $(`<div class="crm-composer" role="group"></div>`).attr(
			"aria-label",
			__("Log Interaction")
		);
		this.$kinds = $(`<div class="crm-composer-kinds" role="radiogroup"></div>`).attr(
			"aria-label",
			__("Type")
		);
		this.$text = $(`<textarea class="form-control crm-composer-text" rows="1"></textarea>`)
			.val(this.draft.text)
			.on("input", () => this.on_input())
			.on("focus", () => this.open())
			.on("keydown", (event) => this.on_key(event));
		this.$more = $(`<div class="crm-composer-more"></div>`).hide();
		this.$more.append(this.choices.$element, this.buttons());
		const $line = $(`<div class="crm-composer-line"></div>`).append(this.$kinds, this.$text);
		this.$element.append($line, this.$more);
	}

	get draft() {
		if (!drafts.has(this.key)) drafts.set(this.key, new_draft(""));
		return drafts.get(this.key);
	}

	/** Draw the kinds that the site has; without any, the composer stays hidden. */
	async show() {
		this.$element.hide();
		types = types || list_types();
		this.kinds = kinds_of(await types);
		if (!this.kinds.length) return;
		this.$kinds.empty().append(this.kinds.map((kind) => this.kind_button(kind)));
		const last = localStorage.getItem(LAST_KIND);
		this.choose(this.kinds.find(({ key }) => key === last) || this.kinds[0]);
		this.$element.show();
		if (this.$text.val()) this.open();
	}

	kind_button(kind) {
		const label = __(kind.label);
		const exists = kind.icon && document.getElementById(`icon-${kind.icon}`);
		const $icon = $(
			`<span class="crm-composer-icon">${frappe.utils.icon(exists ? kind.icon : "edit", "sm")}</span>`
		);
		return $(
			`<button type="button" role="radio" class="btn btn-xs btn-default crm-composer-kind"></button>`
		)
			.attr({ "data-kind": kind.key, title: label, "aria-label": label })
			.append($icon, ARROWS[kind.key] && $(`<span aria-hidden="true"></span>`).text(ARROWS[kind.key]))
			.append($(`<span class="crm-composer-label" aria-hidden="true"></span>`).text(label))
			.on("click", () => {
				this.choose(kind);
				// a plan has no past to remember
				if (kind.key !== "plan") localStorage.setItem(LAST_KIND, kind.key);
				this.$text.trigger("focus");
			});
	}

	choose(kind) {
		this.kind = kind;
		for (const button of this.$kinds.children()) {
			const chosen = button.dataset.kind === kind.key;
			$(button).toggleClass("chosen", chosen).attr("aria-checked", String(chosen));
		}
		const hint = __("Enter saves, Ctrl+Enter saves and plans");
		this.$text.attr({
			"aria-label": __(kind.label),
			title: hint,
			placeholder: frappe.is_mobile() ? __("Add a note") : `${__("Add a note")} – ${hint}`,
		});
	}

	buttons() {
		const button = (label, plans, look) =>
			$(`<button type="button" class="btn btn-xs"></button>`)
				.addClass(look)
				.text(label)
				.on("click", () => this.save(plans));
		return $(`<div class="crm-composer-actions"></div>`).append(
			button(__("Save & Plan"), true, "btn-default"),
			button(__("Save"), false, "btn-primary")
		);
	}

	open() {
		this.$more.show();
		this.grow();
		this.choices.load();
	}

	on_input() {
		// another text is another interaction
		drafts.set(this.key, new_draft(this.$text.val()));
		this.grow();
	}

	grow() {
		const element = this.$text.get(0);
		element.style.height = "auto";
		element.style.height = `${Math.min(element.scrollHeight + 2, TALLEST)}px`;
	}

	on_key(event) {
		// Enter also ends the input of a Chinese or Japanese word
		if (event.key !== "Enter" || event.shiftKey || event.originalEvent.isComposing) return;
		event.preventDefault();
		event.stopPropagation();
		this.save(event.ctrlKey || event.metaKey);
	}

	/** Log what is written; if the server refuses it, Frappe shows why, and the text stays. */
	async log(plans) {
		const { topic, note } = split_text(this.$text.val());
		if (!topic) return this.$text.trigger("focus");
		const values = {
			...this.known(),
			...(await this.choices.values()),
			title: topic,
			notes: html_of(note),
		};
		values.interaction_type = this.kind.type;
		if (this.kind.key === "plan") {
			return record_more("Interaction", { ...values, status: "Planned" }, () => this.finish());
		}
		this.$element.addClass("is-busy");
		try {
			const doc = await log_once(this.draft.key, {
				...values,
				direction: this.kind.direction,
				status: "Held",
			});
			this.finish();
			tell(doc);
			if (plans) {
				const done = () => this.saved(doc);
				await finish({ activity_type: doc.doctype, activity: doc.name, done });
			}
		} catch {
			// Frappe has already shown the server's message
		} finally {
			this.$element.removeClass("is-busy");
		}
	}

	finish() {
		drafts.delete(this.key);
		this.$text.val("");
		this.grow();
		this.choices.reload();
		this.saved();
	}
}

const new_draft = (text) => ({ text, key: new_key() });
