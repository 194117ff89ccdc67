/** The message-driven beans of the crash tests, deployed after the application. */
package org.parley.tests.crash.desk;
