/** What a planned dialog lacks: judged from the definitions of the two databases alone, as a list of findings. */
package org.parley.cli.diagnose;
