// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PrivateKey;

/** A JSON Web Token that a program signs to prove who it is (RFC 7523). */
final class SignedAssertion {
    private SignedAssertion() {}

    /** Signed with an RSA key, by the algorithm that the header names. */
    static String of(PrivateKey key, JWSHeader header, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("an RSA key of 2048 bits or more signs with SHA-256", e);
        }
        return token.serialize();
    }
}
