/** A small application that is deployed and undeployed while the server runs. */
package org.parley.tests.payara.probe;
