// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * RSA keys of 2048 bits that tests sign with. They are made of primes that stand here: to find some takes seconds in each
 * test process, and these keep no secret.
 */
public final class TestKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    /** What tests sign with. */
    public static final KeyPair FIRST = of(
            "f93abe77f7097ee5f3747f78b05611139325d95363293d328c1303557aac327248b2c422583248d86317aa38"
                    + "f38ac2670a29e4909365ffa2b61da6908aec64be5b613930e40c3e1765a113354662ba72b5bb4727624d4f0d"
                    + "706cd87666244b9ba175f4671c7a505c5437f91635cebf842b07159c133304df56b4b550b1b17c65",
            "cb02bc6dc4cf688a33df7fa4c9431978488baf87d58c4698c9b1a950b5e6faa149dbcd1e2e55aa6ffb5e7987"
                    + "e7af43e4e9aea71036ecccd416f4491180197fcec7ea80bbcfdab9184bfe8c6b2df30f387e86cf66f1743fec"
                    + "9cb4f5581ab92885ff389e833eb8df9e94bcbd81215a538146172ee3456a922d4d9b037ea7581153");

    /** Another, which nobody trusts. */
    public static final KeyPair SECOND = of(
            "e230af3b626586a957267097391ffecec08ec81c14915056465f14fe5b64456d7e0db900326ca89ea4b01496"
                    + "41385d47d93604965b129f815ccd98aa5383a07ad8d2db0a148f4a49c29869468c9cf2617156dde4ac7ce99b"
                    + "2aa6224412677589f818aab2b4461bc4f51e563fecdc3387461f86f262b93c559c6a3ee6a243a07d",
            "efc572fb1dcf0a15fdcebd6e42e59267d2b870f82cfafff2cd3c8e2838fd62300c6381408078f14bd21fb7de"
                    + "8d810f9d72bda16ec7d2f9c6ff19815df5d18a7ae90c629fd8108fb73c0457c503af1a277a351764c703e068"
                    + "d89b1f2487faadaf849b2be87f0afc22de947e6284c805494df96ce2d34ddb5bbd546005875811ab");

    private TestKeys() {}

    private static KeyPair of(String first, String second) {
        BigInteger p = new BigInteger(first, 16);
        BigInteger q = new BigInteger(second, 16);
        BigInteger modulus = p.multiply(q);
        BigInteger before = p.subtract(BigInteger.ONE);
        BigInteger after = q.subtract(BigInteger.ONE);
        BigInteger secret = EXPONENT.modInverse(before.multiply(after));
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    keys.generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus, EXPONENT, secret, p, q, secret.mod(before), secret.mod(after), q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
