// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;

/**
 * Where an issuer of tokens publishes its keys. The operator vouches for the address; one that it names is trusted only
 * as far as it has the same origin.
 *
 * @param address of a JSON Web Key Set (RFC 7517), or of the document that names one
 * @param metadata whether it is the latter: OpenID Connect Discovery's, whose {@code jwks_uri} says where the keys are
 * @param trust whom the connection trusts
 */
public record JwksSource(URI address, boolean metadata, Trust trust) {

    /** Named by OpenID metadata, for an account. */
    public static JwksSource openId(URI metadata, Account account) {
        return new JwksSource(metadata, true, account.trust());
    }

    /** A key set itself, likewise. */
    public static JwksSource keySet(URI address, Account account) {
        return new JwksSource(address, false, account.trust());
    }
}
