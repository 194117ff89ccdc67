/** The page that submits expenses and shows the dialogs about them, and the same as JSON for programs. */
package org.parley.examples.expenses.web;
