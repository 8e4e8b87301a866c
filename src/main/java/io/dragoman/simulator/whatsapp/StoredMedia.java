// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file that the simulated Meta holds. */
record StoredMedia(byte[] bytes, String mimeType) {
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
