import { servicesFrom } from "./endpoints/services";

/** From 500 edge nodes on, traffic through the NAT gateways costs more than the endpoints that spare it. */
const every = { interfaceEndpoints: servicesFrom("500en") };

/** What each scale profile changes in the network. */
export const scale = { default: {}, "100en": {}, "500en": every, "1ken": every, "10ken": every };
