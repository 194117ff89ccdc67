/** What runs inside the container: the beans under test and what they leave to be seen. */
package org.parley.tests.payara.ladder;
