frappe.listview_settings["Interaction Type"] = {
	formatters: {
		/** Show the colour instead of its code. */
		color(value) {
			if (!frappe.ui.color.validate_hex(value)) return "";
			const code = frappe.utils.escape_html(value);
			return `<span class="crm-color" style="background-color: ${code}" title="${code}"></span>`;
		},
	},
};
