/** The ladder's application, as each server takes it. */
package org.parley.tests.ladder;
