"""工作台: what I have to do now, why and by when; what I have done; nothing else."""
