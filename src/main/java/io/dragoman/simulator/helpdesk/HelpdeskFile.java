// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

/** A file of a message. */
public record HelpdeskFile(String id, String name, String mimeType, byte[] bytes) {
    @Override
    public String toString() {
        return "HelpdeskFile[" + id + ", " + bytes.length + " bytes]";
    }
}
