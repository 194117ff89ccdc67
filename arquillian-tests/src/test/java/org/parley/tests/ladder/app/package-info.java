/** What runs inside the server: the rungs, the beans under test and what they leave to be seen. */
package org.parley.tests.ladder.app;
