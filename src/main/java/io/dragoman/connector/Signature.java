// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The only ways from a {@link Request} to a {@link Verified}. All comparisons take constant time. */
public final class Signature {
    private Signature() {}

    /** A keyed hash ({@code HmacSHA1}, {@code HmacSHA256}) over the pieces in order. */
    public static byte[] hmac(String algorithm, byte[] key, byte[]... pieces) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] piece : pieces) {
                mac.update(piece);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is missing from this Java", e);
        }
    }

    /**
     * Accepts a request whose given signature is the expected one.
     *
     * @param what the name of the signature, for the refusal
     */
    public static Verified match(Request request, byte[] expected, byte[] given, String what)
            throws AuthenticationFailed {
        return matchAny(request, List.of(expected), List.of(given), what);
    }

    /** Accepts a request when any given signature is any of the expected ones: keys may rotate. */
    public static Verified matchAny(Request request, List<byte[]> expected, List<byte[]> given, String what)
            throws AuthenticationFailed {
        boolean match = false;
        for (byte[] one : expected) {
            for (byte[] other : given) {
                match |= MessageDigest.isEqual(one, other);
            }
        }
        if (!match) {
            throw new AuthenticationFailed(what + " does not match");
        }
        return new Verified(request);
    }

    /**
     * Accepts a request that the holder of a public key signed.
     *
     * @param algorithm as Java names it, such as {@code Ed25519}
     */
    public static Verified verify(
            Request request, String algorithm, PublicKey key, byte[] signed, byte[] given, String what)
            throws AuthenticationFailed {
        try {
            java.security.Signature signature = java.security.Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(signed);
            if (signature.verify(given)) {
                return new Verified(request);
            }
        } catch (GeneralSecurityException e) {
            // a signature of another form, or another kind of key: it verifies nothing
        }
        throw new AuthenticationFailed(what + " does not match");
    }

    /**
     * Accepts a request that brings a token signed by whom {@code verifier} knows.
     *
     * @param token as it was parsed
     */
    public static Verified verify(Request request, JWSObject token, JWSVerifier verifier, String what)
            throws AuthenticationFailed {
        try {
            if (token.verify(verifier)) {
                return new Verified(request);
            }
        } catch (JOSEException | IllegalStateException e) {
            // an algorithm that the key does not have: it verifies nothing
        }
        throw new AuthenticationFailed(what + " does not match");
    }

    /**
     * Accepts a GET without a body, by which a provider asks for a proof that we hold its secret: it proves nothing itself
     * and brings nothing to be read. Who answers it must take care not to sign what could be a body.
     */
    public static Verified challenge(Request request) throws AuthenticationFailed {
        if (!request.isBareGet()) {
            throw new AuthenticationFailed("this is no challenge");
        }
        return new Verified(request);
    }

    /** Accepts a request by where it comes from; {@code client} is as the gateway tells ({@link Request#CLIENT}). */
    public static Verified from(Request request, InetAddress client, List<Cidr> known) throws AuthenticationFailed {
        if (known.stream().noneMatch(block -> block.holds(client))) {
            throw new AuthenticationFailed(403, "the client's address is not one of the provider's");
        }
        return new Verified(request);
    }

    /** Accepts what we fetched ourselves. */
    public static Verified polled(Request request) {
        if (request.origin() == Request.Origin.RECEIVED) {
            throw new IllegalStateException("a received request must be authenticated");
        }
        return new Verified(request);
    }

    /** Accepts a request from our own store: it was authenticated when it was received, and only such are stored. */
    public static Verified stored(Request request) {
        return new Verified(request);
    }

    /** Accepts an unauthenticated request, where the operator wrote {@code insecure: true}. */
    public static Verified unsigned(Account account, Request request) throws AuthenticationFailed {
        if (!account.insecure()) {
            throw new AuthenticationFailed("this channel accepts no unsigned requests");
        }
        return new Verified(request);
    }
}
