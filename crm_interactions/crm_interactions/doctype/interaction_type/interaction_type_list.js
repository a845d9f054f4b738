frappe.listview_settings["Interaction Type"] = {
	formatters: {
		/** Return a swatch of the colour with its code as a tooltip, or "" for an invalid code. */
		color(value) {
			if (!frappe.ui.color.validate_hex(value)) return "";
			const code = frappe.utils.escape_html(value);
			return `<span class="crm-color" style="background-color: ${code}" title="${code}"></span>`;
		},
	},
};
