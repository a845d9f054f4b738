import { day_and_time } from "../chains/html";
import { show_badges } from "../chains/badges";
import { full_name, text_cell } from "./cells";
import { fold_filters } from "./folded_filters";
import { fold_filters_on_phones } from "./phone_filters";
import { tidy_rows } from "./tidy_rows";
import { show_empty_state } from "./empty_states";

/** Return the settings of the list of product records. */
export function product_record_list_settings() {
	return {
		add_fields: ["chain", "kind", "party_name", "starts_on", "responsible"],
		formatters: {
			starts_on: (value) => text_cell(value && day_and_time(value)),
			responsible: (user) => text_cell(full_name(user)),
		},
		onload(list_view) {
			fold_filters_on_phones(list_view);
			fold_filters(list_view, ["party", "product", "kind", "responsible"]);
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
