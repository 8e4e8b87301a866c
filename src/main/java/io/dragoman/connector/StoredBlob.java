// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** Bytes in the content-addressed store: {@code sha256} in lower-case hex is their name. */
public record StoredBlob(String sha256, long size, String mimeType) {}
