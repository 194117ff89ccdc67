package org.parley.cli.diagnose;

/**
 * A dialog that somebody plans.
 *
 * @param from service that begins it
 * @param to target service
 * @param contract its contract
 * @param encryption ENCRYPTION = ON, the default of BEGIN DIALOG
 * @param sender user that begins it and sends; dbo may everything
 */
public record Plan(String from, String to, String contract, boolean encryption, String sender) {}
