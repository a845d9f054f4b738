import { day_and_time, escaped } from "../chains/html";
import { show_badges } from "../chains/badges";
import { fold_filters_on_phones } from "./phone_filters";
import { tidy_rows } from "./tidy_rows";
import { show_empty_state } from "./empty_states";

/** Return the settings of the list of product records. */
export function product_record_list_settings() {
	return {
		add_fields: ["chain", "kind", "party_name", "starts_on", "responsible"],
		formatters: {
			starts_on: (value) =>
				`<span class="ellipsis">${value ? escaped(day_and_time(value)) : ""}</span>`,
			responsible: (user) => `<span class="ellipsis">${escaped(full_name(user))}</span>`,
		},
		onload(list_view) {
			fold_filters_on_phones(list_view);
			tidy_rows(list_view, ({ kind, party_name, starts_on, responsible }) => [
				__(kind),
				party_name,
				starts_on && day_and_time(starts_on),
				full_name(responsible),
			]);
			show_empty_state(list_view);
			show_badges(list_view);
		},
	};
}

const full_name = (user) => (user ? frappe.user_info(user).fullname : "");
