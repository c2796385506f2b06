/** True in a page that was built to stand without a server: the API's answers are files beside it (`build:static`). */
export const IS_STATIC = import.meta.env.MODE === 'static'
