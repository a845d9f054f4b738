import { show_badges } from "../chains/badges";

export function product_record_list_settings() {
	return { add_fields: ["chain"], onload: show_badges };
}
