/** An application that doesn't know Parley. */
package org.parley.tests.payara.first;
