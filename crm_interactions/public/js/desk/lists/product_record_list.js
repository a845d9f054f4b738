import { show_badges } from "../chains/badges";
import { show_empty_state } from "./empty_states";

export function product_record_list_settings() {
	return {
		add_fields: ["chain"],
		onload(list_view) {
			show_empty_state(list_view);
			show_badges(list_view);
		},
	};
}
