// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of one login by SCRAM-SHA-1 (RFC 5802), without channel binding. For one thread. */
final class ScramServer {
    private static final int ROUNDS = 4096;

    private final String password;
    private final String nonce;
    private final byte[] salt;
    private String bare = "";
    private String first = "";

    /**
     * One login.
     *
     * @param nonce the server's part, used once
     */
    ScramServer(String password, String nonce) {
        this.password = password;
        this.nonce = nonce;
        this.salt = ("salt of " + nonce).getBytes(StandardCharsets.UTF_8);
    }

    /** Answers who the client says it is; empty where that makes no sense. */
    String challenge(String clientFirst) {
        int gs2 = clientFirst.indexOf(',', clientFirst.indexOf(',') + 1);
        String theirs = field(clientFirst.substring(gs2 + 1), "r=");
        if (gs2 < 0 || clientFirst.charAt(0) == 'p' || theirs.isEmpty()) {
            return "";
        }
        bare = clientFirst.substring(gs2 + 1);
        first = "r=" + theirs + nonce + ",s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + ROUNDS;
        return first;
    }

    /** Who it says it is. */
    String user() {
        return field(bare, "n=").replace("=2C", ",").replace("=3D", "=");
    }

    /** Checks its proof, and gives our own; empty where it does not know the password. */
    String finish(String clientFinal) throws GeneralSecurityException {
        int end = clientFinal.lastIndexOf(",p=");
        if (end < 0 || !field(clientFinal, "r=").equals(field(first, "r="))) {
            return "";
        }
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 160))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String said = bare + "," + first + "," + clientFinal.substring(0, end);
        byte[] signature = hmac(MessageDigest.getInstance("SHA-1").digest(clientKey), said);
        byte[] proof = new byte[clientKey.length];
        for (int i = 0; i < proof.length; i++) {
            proof[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        byte[] given = Base64.getDecoder().decode(clientFinal.substring(end + 3));
        return MessageDigest.isEqual(proof, given)
                ? "v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), said))
                : "";
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String field(String message, String name) {
        for (String one : message.split(",", -1)) {
            if (one.startsWith(name)) {
                return one.substring(name.length());
            }
        }
        return "";
    }
}
