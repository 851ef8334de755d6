/** Every request of the actions names itself so. */
export const userAgent = 'sallyport-actions';
