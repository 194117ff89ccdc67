package org.parley.examples.expenses.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Serves the page and the JSON from the root of the web application. */
@ApplicationPath("/")
public class ExpenseApplication extends Application {}
