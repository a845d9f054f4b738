/** Call a read-only method with GET, which `frappe.xcall` doesn't support in Frappe 15. */
export async function ask(method, args) {
	const { message } = await frappe.call({ type: "GET", method, args });
	return message;
}
