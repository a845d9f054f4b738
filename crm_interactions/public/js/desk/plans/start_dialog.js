import { chain_link, day_and_time, escaped, form_link } from "../chains/html";
import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";
import { chosen_positions, offset_text } from "../../logic/plans";

const PLAN = "Activity Plan";
const PREVIEW = "crm_interactions.api.plan.preview";
const START = "crm_interactions.api.plan.start";
const LIST = "crm_interactions.api.plan.list_runs";
const END = "crm_interactions.api.plan.end";
const MOST_UNDONE = 20; // chains, each in a request of its own

/** Return whether there is a plan to start, and the user can change chains. */
export const may_start_plans = () =>
	Boolean(settings().has_plans) &&
	frappe.model.can_read(PLAN) &&
	frappe.model.can_write("Interaction Chain");

/**
 * Open a dialog that starts a plan in chains or with partners, after a preview of its steps, of which some can be left out (B9).
 *
 * @param targets document type and names of the chains or partners: { doctype, names }
 * @param done callback after the start
 */
export function open_start_plan(targets, done) {
	new StartDialog(targets, done).show();
}

class StartDialog {
	constructor({ doctype, names }, done) {
		Object.assign(this, { doctype, names, done, steps: [], asked: 0 });
		this.dialog = make_dialog({
			asks: false,
			title: names.length > 1 ? __("Start Plan ({0})", [names.length]) : __("Start Plan"),
			fields: [
				{
					fieldname: "plan",
					fieldtype: "Link",
					options: PLAN,
					label: __("Plan"),
					reqd: 1,
					get_query: () => ({ filters: { disabled: 0 } }),
					onchange: () => this.refresh(),
				},
				{ fieldname: "preview", fieldtype: "HTML" },
			],
			primary_action_label: __("Start Plan"),
			primary_action: ({ plan }) => this.send(plan),
		});
		this.dialog.$wrapper.addClass("crm-start-plan");
	}

	async show() {
		this.dialog.show();
		const found = await frappe.db.get_list(PLAN, { filters: { disabled: 0 }, limit: 2 });
		if (found.length === 1 && !this.dialog.get_value("plan")) {
			await this.dialog.set_value("plan", found[0].name);
		}
	}

	/** Show the steps of the chosen plan; an answer for another plan is dropped. */
	async refresh() {
		const plan = this.dialog.get_value("plan");
		const asked = ++this.asked;
		const $preview = this.dialog.fields_dict.preview.$wrapper;
		if (!plan) return $preview.empty();
		const answer = await ask(PREVIEW, { plan, ...this.target() });
		if (asked !== this.asked) return;
		this.steps = answer.steps;
		$preview.empty().append(this.head(answer), this.list());
	}

	/** Return the arguments of the preview: many chains or partners have no common dates but today's. */
	target() {
		if (this.names.length > 1) return {};
		const [name] = this.names;
		return this.doctype === "Interaction Chain"
			? { chain: name }
			: { party_type: this.doctype, party: name };
	}

	head({ chain, chain_title, running }) {
		const $head = $(`<p class="crm-plan-head"></p>`);
		if (running) {
			const text = __("This plan is already running in {0}.", [chain]);
			return $head.addClass("text-warning").text(text);
		}
		if (this.names.length > 1) {
			return $head.text(__("Each of the {0} chosen records gets these steps.", [this.names.length]));
		}
		if (!chain) return $head.text(__("A new chain starts with the first step."));
		return $head.html(`${chain_link(chain)} ${escaped(chain_title)}`);
	}

	list() {
		const $list = $(`<ul class="crm-plan-steps"></ul>`);
		for (const step of this.steps) $list.append(this.row(step));
		$list.on("change", "input", () => this.follow($list));
		return $list;
	}

	row(step) {
		const $row = $(`<li class="crm-plan-step"></li>`);
		const $label = $("<label></label>").appendTo($row);
		$(`<input type="checkbox" checked>`).attr("data-position", step.position).appendTo($label);
		const $main = $("<span></span>").appendTo($label);
		$("<b></b>").text(step.title).appendTo($main);
		$(`<span class="text-muted"></span>`)
			.text([__(step.interaction_type), step.responsible_name].filter(Boolean).join(" · "))
			.appendTo($main);
		return $row.append($(`<span class="crm-plan-when"></span>`).append(when(step)));
	}

	/** Clear and disable the steps that follow, by an outcome, one that isn't chosen. */
	follow($list) {
		const chosen = new Set(chosen_positions(this.steps, checked($list)));
		$list.find("input").each((index, input) => {
			const { position, condition } = this.steps[index];
			const is_possible = !condition || chosen.has(position - 1);
			$(input).prop("disabled", !is_possible);
			if (!is_possible) $(input).prop("checked", false);
		});
	}

	async send(plan) {
		const $list = this.dialog.$wrapper.find(".crm-plan-steps");
		const answer = await frappe.xcall(START, {
			plan,
			targets: this.names.map((name) => ({ doctype: this.doctype, name })),
			steps: chosen_positions(this.steps, checked($list)),
		});
		if (answer.done.length) this.dialog.hide();
		report(answer, plan, () => this.done?.(answer));
		if (answer.done.length) this.done?.(answer);
	}
}

const checked = ($list) =>
	$list
		.find("input:checked")
		.toArray()
		.map((input) => Number(input.dataset.position));

/** Return the date of a step, or the outcome after which it is planned, and how much later. */
function when(step) {
	if (step.starts_on) return document.createTextNode(day_and_time(step.starts_on));
	return [
		$("<span></span>").text(__("After “{0}”", [__(step.condition)])),
		$(`<span class="text-muted"></span>`).text(offset_text(step, __)),
	];
}

function report({ done, refused, started }, plan, reload) {
	if (refused.length) {
		frappe.msgprint({
			title: __("Started: {0}, refused: {1}", [done.length, refused.length]),
			message: refused.map(({ activity, reason }) =>
				frappe.utils.escape_html(`${activity}: ${reason}`)
			),
			as_list: true,
			indicator: done.length ? "orange" : "red",
		});
		return;
	}
	const planned = started.reduce((sum, one) => sum + one.planned, 0);
	const where = started.length === 1 ? chain_link(started[0].chain) : String(started.length);
	const chains = started.map(({ chain }) => chain);
	const message =
		started.length === 1
			? __("{0} has started in {1}. Planned steps: {2}.", [form_link(PLAN, plan), where, planned])
			: __("{0} has started {1} times. Planned steps: {2}.", [form_link(PLAN, plan), where, planned]);
	toast(message, {
		list: started.length > 1 && { doctype: "Interaction Chain", names: chains },
		undo: chains.length <= MOST_UNDONE && (() => end_plans(chains, plan, reload)),
	});
}

/** End the plan in chains in which it has just started, which cancels its planned activities. */
async function end_plans(chains, plan, reload) {
	const cancelled = [];
	for (const chain of chains) {
		const run = (await ask(LIST, { chain })).find((found) => found.plan === plan);
		if (run) cancelled.push(...(await frappe.xcall(END, { run: run.name, chain })).cancelled);
	}
	const values = [form_link(PLAN, plan), cancelled.length];
	toast(__("{0} has ended. Planned steps cancelled: {1}.", values));
	reload?.();
}
