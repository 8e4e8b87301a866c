// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/**
 * One thing that whoever is at an address of a {@link Served} channel has to read.
 *
 * @param address as in the channel's conversations
 * @param key unique at that address: the same key twice is one entry, the first
 * @param content a JSON object, in the channel's own words
 */
public record FeedEntry(String address, String key, String content) {
    @Override
    public String toString() {
        return "FeedEntry[…]";
    }
}
