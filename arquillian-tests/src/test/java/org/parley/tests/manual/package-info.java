/** Pages of the manual whose code blocks are tested. */
package org.parley.tests.manual;
