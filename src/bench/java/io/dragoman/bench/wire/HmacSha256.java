// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.wire;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with one key. For one thread. */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    public HmacSha256(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The signature of all the parts, one behind the other. */
    public byte[] of(byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
