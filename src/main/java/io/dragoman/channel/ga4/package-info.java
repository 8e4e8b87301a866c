// SPDX-License-Identifier: Apache-2.0
/** Google Analytics 4: chosen events by its Measurement Protocol, without personal data unless the customer consented. */
@NullMarked
package io.dragoman.channel.ga4;

import org.jspecify.annotations.NullMarked;
