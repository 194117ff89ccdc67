/** A second resource beside Parley: a Derby of the application's own, which can stop between the phases. */
package org.parley.tests.second;
