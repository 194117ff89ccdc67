/** Which test shows what of which server: the table of the manual's page "Servers", and of each run. */
package org.parley.tests.features;
