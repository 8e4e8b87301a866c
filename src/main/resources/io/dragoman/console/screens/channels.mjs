// SPDX-License-Identifier: Apache-2.0
import { el } from '../dom.mjs';
import Connectors from '../connectors.mjs';

export default function Channels(route) { return el(Connectors, { ...route, side: 'channel', screen: 'channels' }); }
