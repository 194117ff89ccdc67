/** The second resource of the crash tests: a Derby of the application's own, which can stop between the phases. */
package org.parley.tests.crash.second;
