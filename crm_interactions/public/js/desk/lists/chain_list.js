import { as_typed } from "../../logic/stored_text";
import { chain_color, chain_views, is_slow, lacks_next_step, short_reason } from "../../logic/chain";
import { add_hand_over } from "../handover/entry_points";
import { fold_filters_on_phones } from "./phone_filters";
import { day, day_and_time } from "../chains/html";
import { show_empty_state } from "./empty_states";
import { name_list } from "./list_name";
import { make_dialog } from "../platform/dialog";
import { add_plan_action } from "../plans/list_action";
import { full_name } from "./cells";
import { fold_filters } from "./folded_filters";
import { show_views } from "./saved_views";
import { tidy_rows } from "./tidy_rows";

const SILENT_DAYS = 30;

/** Return the settings of the chain list, with *Hand Over…* and views for chains that need attention. */
export function chain_list_settings() {
	return {
		add_fields: [
			...["status", "last_activity_on", "next_step_on", "responsible"],
			...["slow", "slow_reason"],
		],
		get_indicator(doc) {
			if (is_slow(doc)) {
				return [
					__(short_reason(doc.slow_reason)),
					"red",
					`slow,=,1|slow_reason,=,${doc.slow_reason}`,
				];
			}
			if (lacks_next_step(doc)) {
				return [__("No Next Step"), "orange", "status,=,Open|has_next_step,=,0"];
			}
			return [__(doc.status), chain_color(doc.status), `status,=,${doc.status}`];
		},
		formatters: {
			title: as_typed, // Frappe shows it as text
			last_activity_on: short_date,
			next_step_on: short_date,
			responsible: (user) => plain(full_name(user)),
		},
		onload(list_view) {
			list_view.$result.addClass("crm-chains");
			name_list(list_view, __("Chains"));
			fold_filters_on_phones(list_view);
			fold_filters(list_view, ["title", "party", "status", "responsible", "slow"]);
			tidy_rows(list_view, ({ party, next_step_on, last_activity_on, responsible }) => {
				const moment = next_step_on || last_activity_on;
				return [party, moment && day(moment), full_name(responsible)];
			});
			show_empty_state(list_view);
			add_views(list_view);
			add_plan_action(list_view);
			add_hand_over(list_view);
		},
	};
}

function short_date(value) {
	return value ? plain(day(value), day_and_time(value)) : "";
}

function plain(text, title = text) {
	return `<span class="ellipsis" title="${frappe.utils.escape_html(as_typed(title))}">${frappe.utils.escape_html(as_typed(text))}</span>`;
}

function add_views(list_view) {
	const labels = {
		mine: "My Chains",
		open: "Open",
		without_next_step: "Without Next Step",
		slow: "Slow",
	};
	const views = () => {
		const found = chain_views({ user: frappe.session.user });
		return [
			...Object.entries(labels).map(([key, label]) => ({ key, label, filters: found[key] })),
			{ key: "silent", label: "Silent for N Days…", ask: ask_for_days },
		];
	};
	show_views(list_view, views, "last_activity_on");
}

function ask_for_days(show) {
	const dialog = make_dialog({
		asks: false,
		title: __("Silent Chains"),
		fields: [
			{
				fieldname: "days",
				fieldtype: "Int",
				label: __("Days without Activity"),
				default: SILENT_DAYS,
				reqd: 1,
			},
		],
		primary_action_label: __("Show"),
		primary_action({ days }) {
			dialog.hide();
			const today = frappe.datetime.system_datetime().split(" ")[0];
			const since = `${frappe.datetime.add_days(today, -Math.max(days, 0))} 00:00:00`;
			show(chain_views({ user: frappe.session.user, since }).silent);
		},
	});
	dialog.show();
}
