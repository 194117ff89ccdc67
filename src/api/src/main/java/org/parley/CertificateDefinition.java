package org.parley;

import java.time.Instant;

/**
 * A certificate of a broker database; service-broker.md, section 16.1.
 *
 * @param name its name in the database
 * @param owner user whom it proves
 * @param subject whom it says it is of
 * @param issuer who has signed it
 * @param serialNumber number that the issuer has given it, hexadecimal
 * @param thumbprint SHA-1 of its encoding, hexadecimal
 * @param startDate when it begins to be valid
 * @param expiryDate when it ceases to be
 * @param activeForBeginDialog whether dialogs may begin with it
 * @param privateKey whether the database has its private key; the key itself is never shown
 */
public record CertificateDefinition(
        String name,
        String owner,
        String subject,
        String issuer,
        String serialNumber,
        String thumbprint,
        Instant startDate,
        Instant expiryDate,
        boolean activeForBeginDialog,
        boolean privateKey) {}
