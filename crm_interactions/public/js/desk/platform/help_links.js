import { addresses_by_route } from "../../logic/help";

/** Add *Using Interactions* to the menu *Help* on the app's pages. */
export function register_help_links() {
	frappe.provide("frappe.help.help_links");
	for (const [route, url] of addresses_by_route()) {
		const links = (frappe.help.help_links[route] ||= []);
		links.push({ label: "Using Interactions", url });
	}
}
