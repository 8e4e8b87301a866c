// SPDX-License-Identifier: Apache-2.0
/** The keys of the rules' files, and the values behind them. */
@NullMarked
package io.dragoman.rules.schema;

import org.jspecify.annotations.NullMarked;
