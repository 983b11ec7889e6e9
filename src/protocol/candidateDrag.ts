/** Under this type a picture of the studio travels while it is dragged; the data is the candidate's id. */
export const CANDIDATE_MIME = 'application/vnd.easel.candidate';
