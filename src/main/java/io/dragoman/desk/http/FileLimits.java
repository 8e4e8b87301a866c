// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

/**
 * Which files of a notice go to a helpdesk as such; of others the link stands in the text. Immutable.
 *
 * @param largest the most bytes of one
 * @param together the most bytes of all
 * @param most how many
 */
record FileLimits(long largest, long together, int most) {
    static final FileLimits DEFAULT = new FileLimits(20L << 20, 20L << 20, 20);
}
