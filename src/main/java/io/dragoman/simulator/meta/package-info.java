// SPDX-License-Identifier: Apache-2.0
/** What the stand-ins for Meta's products share: the app with its secret and its Graph API. */
@NullMarked
package io.dragoman.simulator.meta;

import org.jspecify.annotations.NullMarked;
