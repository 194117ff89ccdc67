/** The application of the crash tests: asks, and stops between the phases. */
package org.parley.tests.crash.app;
