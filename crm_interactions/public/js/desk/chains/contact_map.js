import { points_of, totals_of } from "../../logic/contact_map";
import { ask } from "../platform/server";

/**
 * Draw the days with contact of the last year in the form's area for heat maps, and their number in words (R27).
 *
 * It stands in the place of the map that ERPNext draws of a customer's mails. Without contact, nothing changes.
 *
 * @param about arguments of `api.partner_line.get_days` that name the partner or the contact
 * @param is_shown whether the form still shows this document
 */
export async function show_contact_map(frm, about, is_shown) {
	const { dashboard } = frm;
	// the form serves all documents of its type
	delete dashboard.update_heatmap;
	const days = await ask("crm_interactions.api.partner_line.get_days", about);
	const [activities, number] = totals_of(days);
	const area = dashboard.heatmap_area;
	const place = area?.body.find(".heatmap").get(0);
	if (!number || !is_shown() || !place) return;
	dashboard.heatmap = new frappe.Chart(place, {
		type: "heatmap",
		start: moment().subtract(1, "year").toDate(),
		countLabel: __("activities"),
		discreteDomains: 1,
		radius: 3,
		data: { dataPoints: points_of(days) },
	});
	// ERPNext's own numbers may arrive later
	dashboard.update_heatmap = () => {};
	area.show();
	const text = __("Activities in the last year: {0}, on {1} days", [activities, number]);
	area.body.find(".heatmap-message").removeClass("hidden").text(text);
	$(place).addClass("crm-contact-map").attr({ role: "img", "aria-label": text });
}
